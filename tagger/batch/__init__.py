"""The batch engine: a folder without end becomes records; any crash, same bytes.

A *unit* is an input file, or a block of a large JSONL file. Workers read a unit and
write all it says to a *part*; the *ledger* knows each unit's outcome; at the end the
parts are *merged*, in the order of the units' names, into the files that people open.
Start with `tagger.batch.running`.
"""
