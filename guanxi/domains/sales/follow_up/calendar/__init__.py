"""One's own calendar outside of Guanxi: a feed in iCalendar form under a secret address."""
