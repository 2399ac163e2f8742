"""The mathematics of insight: numpy arrays in, frozen results out; no database, no Django."""
