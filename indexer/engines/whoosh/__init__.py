"""The default engine: a plain Whoosh index, evaluated over arrays.

The only package that imports whoosh.  Everything it writes is a stock Whoosh index that any Whoosh opens.
"""
