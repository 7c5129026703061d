"""Addresses as they should not be: each route answers 200, 400 or 503, whatever stands behind it: never a fault."""

import asyncio
import json
import os
import random
from urllib.parse import quote

from starlette.applications import Starlette
from test_serve import fetching

from landscapes import LANDSCAPES
from views.kit.addresses import ROOT
from views.server import answers, serve

MANY = int(os.environ.get("DESCENT_LAB_ADDRESSES", "150"))  # 10 000 take some minutes
APP = Starlette(routes=[*answers.routes(), *serve.routes()])
SURFACE = "surface=booth&window=-4~4~-4~4"
NETWORK = "data=xor&net=steps~20~width~3&rule=adam"
EDITS = [["start", [1, 2]], ["lanes.0.rule.learning_rate", 0.1], ["net.width", "4"], ["critical", [0, 0]], ["tau", 1]]
RACE = "v=1&surface=booth&start=-8~-5&steps=40&run=adam~learning_rate~0.1&run=momentum"
QUERIES = {
    "race": [RACE, f"{RACE}&long=1"],
    "moment": [RACE],
    "atlas": [f"{RACE}&at=1~3&leave=here&tau=1e-6", "surface=himmelblau&at=3~2&lang=zh"],
    "pair": ["surface=three_logits_cross_entropy&steps=30&run=adam"],
    "learning": [NETWORK, f"{NETWORK}&lang=zh"],
    "beginning": [NETWORK],
    "spectra": [f"{NETWORK}&zero=-3"],
    "saddles": ["data=sine~size~30&net=depth~1~steps~20&widths=1&dot=1~5"],
    "gradients": [f"{NETWORK}&layers=3&z1=3&class=2&rows=3"],
    "batches": [f"{NETWORK}&topic=sweep&trials=2", f"{NETWORK}&sizes="],
    "normalisation": ["net=depth~0&linear=window&past=5&norm_rate=0.5", "net=depth~0&linear=cases&cases=one"],
    "words": ["lang=en", "lang=zh"],
    "glossary": ["lang=zh"],
    "relief": [SURFACE, "surface=rosenbrock~b~100&window=-2~2~-1~3"],
    "relief/loss": ["surface=booth&at=1~2"],
    "overlay": [f"{SURFACE}&levels=1~2~3", f"{SURFACE}&at=1~3&reach=0.5"],
    "slice": [f"{NETWORK}&window=-1~1~-1~1"],
    "slice/loss": [f"{NETWORK}&at=0~0"],
}
LETTERS = 'abcxyz0123456789~&=%+-.[]",;#?/\\ é中\x00\n'


def mutated(count, seed=0):
    """So many addresses below the lab's folder, each with some letters of its query changed, fields twice or gone."""
    draw = random.Random(seed)
    for _ in range(count):
        route = draw.choice(list(QUERIES))
        query = draw.choice(QUERIES[route])
        if draw.random() < 0.3:
            query += f"&edit={quote(json.dumps(draw.choice(EDITS)))}"
        fields = query.split("&")
        if draw.random() < 0.3:
            fields[draw.randrange(len(fields))] = draw.choice(fields)
        if draw.random() < 0.2:
            fields.insert(draw.randrange(len(fields)), f"surface={draw.choice(list(LANDSCAPES))}~a~1")
        text = list("&".join(fields))
        for _ in range(draw.randrange(4)):
            at = draw.randrange(len(text))
            text[at : at + draw.randrange(3)] = draw.choices(LETTERS, k=draw.randrange(3))
            text = text or ["x"]
        yield route, quote("".join(text), safe='&=~%+[]",.-:')


def test_what_makes_no_sense_is_answered():
    seen = set()

    async def scene():
        for route, query in mutated(MANY):
            status, _, body = await fetching(f"/{ROOT}/{route}?{query}", APP)  # a fault of ours would be raised here
            assert status in (200, 400, 503), (route, query)
            assert body, (route, query)
            assert status != 400 or len(body) < 400, (route, query)
            seen.add((route, status))

    asyncio.run(scene())
    assert {route for route, _ in seen} == set(QUERIES)
    assert {status for _, status in seen} >= {200, 400}
