"""Studies: grids of audits (functions x arms x seeds), run as far as a machine goes, and what they show.

config      one TOML file               run         resume, retry, record: one row for each audit
manifest    every audit it means        statistics  intervals, comparisons, power; functions are the clusters
executor    who does audits (workers:   results     rows to figures, by stated rules
            on this machine)            compare     arms paired on the same functions and seeds
"""
