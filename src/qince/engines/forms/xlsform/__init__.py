"""XLSForm, in and out. What it means is `pyxform`'s business; here it becomes our schema, and the other way round."""
