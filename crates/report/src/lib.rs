//! Typeset documents: the study report as HTML and PDF.
