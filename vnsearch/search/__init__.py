"""From the text of a query to a page of results, over the arrays of a snapshot. Knows no file and no terminal.

request, searcher              a search as asked for, and its way from beginning to end
lexer, parser, query           text -> tokens -> tree; the tree, and how it is written
plain                          the words of a query that may be rewritten
expansion, synonyms            what else will do for its words
leaves, slots, letters         what a leaf of the tree looks for, place by place; words that hold its letters
occurrences, matching          where that stands; which units the whole tree matches
finding                        from the strictest reading to the loosest
context, restoration           which words only ask, and which marks are missing
earned, scoring, weights,
board, ranking, reranking      what each feature gives, and who comes first
duplicates, sorting            near-duplicates behind the others; orders that are no ranking
hits, highlighting, snippets   units -> what is shown of them
filters, facets                the metadata: what may pass, and what was found
correction, suggestions        "did you mean"
completion                     what could be typed next
likeness                       documents like one
explanation                    why a document stands where it does
"""
