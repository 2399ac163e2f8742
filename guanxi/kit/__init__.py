"""Small pure-Python parts with no models and no Django apps, usable from every floor."""
