"""What this room does when an application moves."""
