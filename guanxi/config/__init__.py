"""The top floor: settings, the embedded database, the process tree, the checks of `guanxi doctor`."""
