"""A document in other formats: of a draft beside the editor, of a submission on its page."""
