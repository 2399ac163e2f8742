"""What happened here besides changes of records, and the seal over both."""
