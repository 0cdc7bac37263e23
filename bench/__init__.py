"""How fast the program is, beside the floor: the same durable work in raw SQL, in one run (`python3 dev.py bench`)."""
