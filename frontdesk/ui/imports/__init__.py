"""Import from a file: five steps in one page, from the file to leads and back."""
