"""Discord itself: client, publisher, alarm clock."""
