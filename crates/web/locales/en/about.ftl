# About.
