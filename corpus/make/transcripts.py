"""Makes WebVTT from a transcript: blocks with a start time become cues of at most two lines."""

import re

LINE = 42          # characters a line
SPEED = 15.0       # characters a second, a calm speaking voice
FASTEST = 26.0     # above this nobody can read along: a finding

_BLOCK = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d\d)(?: +([^\W\d_][^:.,;?!\n]{0,38}):)?[ \t]+(.*)", re.S)
_END = re.compile(r"^\[end (?:(\d+):)?(\d{1,2}):(\d\d)\]\s*$")


def _seconds(match):
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def parse(source, findings):
    """The blocks of a transcript: list of (start, speaker or '', text) and its end in seconds."""
    blocks, end = [], None
    for piece in re.split(r"\n\s*\n", source.body.strip()):
        piece = piece.strip()
        if not piece:
            continue
        match = _END.match(piece)
        if match:
            end = _seconds(match)
            continue
        match = _BLOCK.match(piece)
        if match:
            blocks.append([_seconds(match), match[4] or "", " ".join(match[5].split())])
        elif blocks and not piece.startswith("#"):
            blocks[-1][2] += " " + " ".join(piece.split())
        else:
            findings.append(f"{source.where()}: no time stands before '{piece[:40]}'.")
    starts = [block[0] for block in blocks]
    if starts != sorted(set(starts)):
        findings.append(f"{source.where()}: the times do not go up.")
    if end is None and blocks:
        findings.append(f"{source.where()}: the line [end mm:ss] is missing.")
        end = blocks[-1][0] + int(len(blocks[-1][2]) / SPEED) + 1
    return blocks, end


def _plain(text):
    """Marks of emphasis do not belong into captions; quotes and dashes do."""
    text = re.sub(r"(\*\*|__|\*|(?<!\w)_|_(?!\w))", "", text)
    text = re.sub(r"(^|[\s(\[—–])\"", r"\1“", text)
    text = text.replace('"', "”")
    text = re.sub(r"(\w)'(\w)", r"\1’\2", text)
    return text


def _cut(sentence):
    """Cuts a sentence into pieces that fit two lines, as even as may be, after a comma where one is near."""
    limit = 2 * LINE - 8
    count = -(-len(sentence) // limit)
    words, pieces, piece = sentence.split(), [], ""
    for word in words:
        rest = len(sentence) - sum(len(done) + 1 for done in pieces)
        wish = rest / max(1, count - len(pieces))
        longer = f"{piece} {word}".strip()
        comma = piece.endswith((",", ";", ":")) and len(piece) > wish * 0.7
        if piece and (len(longer) > limit or len(longer) > wish * 1.12 or comma) and not _lonely(words, word):
            pieces.append(piece)
            piece = word
        elif piece and len(longer) > limit:
            pieces.append(piece)
            piece = word
        else:
            piece = longer
    return [*pieces, piece]


def _lonely(words, word):
    """Whether a short last word would stand alone in a cue."""
    return word is words[-1] and len(word) < 12


def _lines(text):
    """One line, or two of about the same length."""
    if len(text) <= LINE:
        return text
    spaces = [match.start() for match in re.finditer(" ", text)]
    fits = [at for at in spaces if at <= LINE and len(text) - at - 1 <= LINE] or spaces
    at = min(fits, key=lambda at: abs(at - len(text) / 2) - (6 if text[at - 1] in ",;:.?!" else 0))
    return f"{text[:at]}\n{text[at + 1:]}"


def _cues(text):
    """The texts of the cues of one block."""
    cues = []
    for sentence in re.findall(r".+?(?:[.?!…]+[\"”’)»\]]*(?=\s|$)|$)", text):
        sentence = sentence.strip()
        if not sentence:
            continue
        if cues and len(cues[-1]) + len(sentence) + 1 <= LINE + 16:
            cues[-1] += " " + sentence
        else:
            cues += _cut(sentence) if len(sentence) > 2 * LINE - 8 else [sentence]
    return cues


def _clock(seconds):
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "→")


def to_vtt(source, findings):
    """The whole file as text."""
    blocks, end = parse(source, findings)
    lines = ["WEBVTT", "", "NOTE", f"Title: {source.title}", f"Language: {source.lang}", f"Date: {source.date}",
             f"Publisher: {source.publisher}", ""]
    for index, (start, speaker, text) in enumerate(blocks):
        stop = blocks[index + 1][0] if index + 1 < len(blocks) else end
        cues = _cues(_plain(text))
        weights = [len(cue) + 6 for cue in cues]
        span = min(stop - start, sum(weights) / SPEED * 1.25)
        if sum(len(cue) for cue in cues) / max(span, 0.1) > FASTEST:
            findings.append(f"{source.where()}: too much text for {stop - start} seconds at {_clock(start)[:8]}.")
        at = float(start)
        for cue, weight in zip(cues, weights):
            until = at + span * weight / sum(weights)
            voice = f"<v {_escape(speaker)}>" if speaker else ""
            lines += [f"{_clock(at)} --> {_clock(until)}", voice + _escape(_lines(cue)), ""]
            at = until
    return "\n".join(lines)


def words(source):
    """All that is said, as blocks of text, for the checks."""
    return [text for _, _, text in parse(source, [])[0]]
