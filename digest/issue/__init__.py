"""The issue: a selection becomes an `Issue`, fits its budget, and is kept in its own folder.

    Selection ──composition──▶ Issue ──(rendering)──▶ pages ──budget──▶ outputs, message ──▶ folder
                   ▲                                                                          │
              editor.md ◀─────────────────────────────────────────────────────────────────────┘

It refuses to choose posts, to know where they came from, and to compile templates.
"""
