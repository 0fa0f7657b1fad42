"""The measurements of our own speed, beside the bare-SQL floor of the same run. Run them with `./qince bench`."""
