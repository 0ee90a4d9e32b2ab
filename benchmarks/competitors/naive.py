"""The road most scripts take: Jinja, MJML and premailer's defaults, anew for every issue.

Takes `cold CONTENT` (one page to stdout) or `warm CONTENT SECONDS` (times as JSON). Uses nothing of
digest.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

import jinja2
from mjml import mjml2html
from premailer import transform

content = json.loads(Path(sys.argv[2]).read_text("utf-8"))
templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True
)


def page() -> str:
    mjml = templates.get_template("naive.mjml.j2").render(content)
    return transform(mjml2html(mjml))


def timed(seconds: float) -> list[float]:
    """Return times of single pages in milliseconds, after as long a warm-up as a quarter of it."""
    times: list[float] = []
    for budget in (seconds / 4, seconds):
        times = []
        end = perf_counter() + budget
        while perf_counter() < end or len(times) < 3:
            start = perf_counter()
            page()
            times.append(1000 * (perf_counter() - start))
    return times


print(page() if sys.argv[1] == "cold" else json.dumps(timed(float(sys.argv[3]))))
