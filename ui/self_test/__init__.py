"""`pressmark --self-test`: the whole job once, to see that an installation works."""
