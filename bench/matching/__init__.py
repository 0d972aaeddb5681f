"""What matching takes and yields, as tables: `python -m bench.matching`.

Every run is made in an interpreter of its own, one after another, so that its memory is its
own and nothing else of ours is computing. The tables are files (`single`, `against`,
`several`, `large`, `reruns`), each of which says what is run and how its rows read. Begin with
`__main__`. Another command, `soundness`, measures nothing: it looks for a plan that is wrong.
"""
