"""Commands and queries: each public function is one, runs in one transaction, and knows no Qt."""
