"""Find by words, and keep generations on disk. The only room that knows Whoosh."""
