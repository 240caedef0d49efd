//! Files of every format, made here or from the reference folder, read to golden values.
