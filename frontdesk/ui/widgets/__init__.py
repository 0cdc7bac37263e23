"""The kit that every screen is built from; how to use each piece stands in its module."""
