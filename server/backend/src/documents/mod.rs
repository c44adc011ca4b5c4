//! Uploaded documents: checked by content, stored by hash, handed out only to those who may.
