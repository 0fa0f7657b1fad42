"""One module per command: SUMMARY, DETAIL, PASSES_ON (unknown words go on), add_arguments, run."""
