"""The pages that stand beside the stages, and the dialogs of sync and history."""
