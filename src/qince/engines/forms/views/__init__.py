"""Pages of forms that are no plain list: designer, results, tasks, one submission, keys."""
