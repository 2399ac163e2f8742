"""Asking people to an event by mail, and taking their answers (iTIP, RFC 5546; iMIP, RFC 6047)."""
