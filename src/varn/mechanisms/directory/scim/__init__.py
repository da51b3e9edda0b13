"""The directory's door in SCIM 2.0 (RFC 7643, 7644): users, groups, and what the server can do."""
