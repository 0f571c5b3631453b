"""Where the time of a run goes: a clock that is hooked around a package's functions from outside.

A function's time is its stage's, without that of hooked functions which it calls. Hooks replace a function wherever the
package holds it, methods on their class; of a generator the time in each step is counted. A name that is not there
raises, so that a stage that was renamed cannot silently become no time at all.
"""

import inspect
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


@dataclass(slots=True)
class StageClock:
    """Seconds by stage: ``wall``, ``cpu`` of the thread that ran the stage, and ``process``, of all threads meanwhile.

    Where several threads run stages at once, each adds its own, and ``cpu`` alone tells them apart: all of a stage, as
    long as its products run on one core and libraries start no threads for it.
    """

    wall: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    process: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _local: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def during(self, stage: str) -> Iterator[None]:
        """Count what runs inside for ``stage``, and no longer for the stage around it."""
        stack: list[str] = self._local.__dict__.setdefault("stack", [])
        self._count(stack)
        stack.append(stage)
        try:
            yield
        finally:
            self._count(stack)
            stack.pop()

    def current(self) -> str | None:
        """The innermost stage that runs in this thread."""
        stack = self._local.__dict__.get("stack")
        return stack[-1] if stack else None

    def _count(self, stack: list[str]) -> None:
        now = time.perf_counter(), time.thread_time(), time.process_time()
        if stack:
            with self._lock:
                for seconds, end, begin in zip((self.wall, self.cpu, self.process), now, self._local.last, strict=True):
                    seconds[stack[-1]] += end - begin
        self._local.last = now

    def hook(self, name: str, stage: str, seen: Callable[[Any, Any], None] | None = None) -> None:
        """Count the function ``module:name`` or ``module:class.name`` for ``stage``.

        ``{}`` in the stage stands for the stage that calls. ``seen`` is told the arguments and the result of each call.
        Raises AttributeError or ImportError where there is no such function.
        """
        module, _, path = name.partition(":")
        owner: Any = import_module(module)
        *outer, last = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        plain = getattr(owner, last)
        timed = self._timed(plain, stage, seen)
        setattr(owner, last, timed)
        package = module.partition(".")[0]
        for holder in [m for n, m in sys.modules.items() if n.partition(".")[0] == package]:
            for held, value in list(vars(holder).items()):
                if value is plain:
                    setattr(holder, held, timed)

    def _timed(
        self, plain: Callable[..., Any], stage: str, seen: Callable[[Any, Any], None] | None
    ) -> Callable[..., Any]:
        def steps(iterator: Iterator[Any], label: str) -> Iterator[Any]:
            while True:
                with self.during(label):
                    try:
                        item = next(iterator)
                    except StopIteration:
                        return
                yield item

        def call(*args: Any, **keywords: Any) -> Any:
            label = stage.format(self.current())
            with self.during(label):
                result = plain(*args, **keywords)
            if seen:
                seen(args, result)
            return steps(result, label) if inspect.isgenerator(result) else result

        return call
