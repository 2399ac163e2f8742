"""Mail that comes back: the mailbox is looked through for delivery reports, and addresses that lead nowhere are marked."""
