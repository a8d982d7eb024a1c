"""The evaluation harness: labelled cases in, a scorecard with intervals out, and a gate for CI.

    cases --run--> Report* --align--> Result* --metrics--> Scorecard --compare, gate--> exit status

`run` and `benchmarks.judge` are the only modules here that run a judge.
"""
