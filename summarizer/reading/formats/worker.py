"""The child that reads one file: a request and bytes on standard input, JSON on standard output.

It is started by `sandbox`, never imported by anything.
"""

import json
import sys

from summarizer.errors import InputError
from summarizer.reading.formats.readers import READERS
from summarizer.reading.formats.sniff import Format


def main() -> None:
    cpu_seconds, memory = (int(argument) for argument in sys.argv[1:])
    _limit(cpu_seconds, memory)
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        reader = READERS[Format(request["format"])]
        answer = reader.read(data, name=request["name"], encoding=request["encoding"])._asdict()
    except InputError as error:
        answer = {"error": str(error)}
    # ASCII: what is half a surrogate pair has no UTF-8.
    sys.stdout.write(json.dumps(answer))


def _limit(cpu_seconds: int, memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on every system; the parent's clock is)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
