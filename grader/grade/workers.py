"""Where notebooks run: threads of this process, or the workers of a Dask cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, TypeVar

from grader.errors import UserError
from grader.sandbox import close_shared_engine

__all__ = ["Workers", "cluster_workers", "local_workers"]

_T = TypeVar("_T")
_R = TypeVar("_R")


class Workers:
    """A number of places where functions are called.

    Args:
        executor: calls one function somewhere.
        number: how many it calls at a time.
        everywhere: calls a function once in each process that will do the work.
    """

    def __init__(
        self,
        executor: Executor,
        number: int,
        everywhere: Callable[[Callable[[], Any]], list[Any]],
    ) -> None:
        self._executor, self.number, self.everywhere = executor, number, everywhere

    def each(
        self,
        function: Callable[[_T], _R],
        items: Iterable[_T],
        otherwise: Callable[[_T, Exception], _R],
    ) -> Generator[_R, None, None]:
        """Yield the results for all items as they come, with few waiting at any time.

        Args:
            otherwise: makes the result of an item for which the function raised.
        """
        items = iter(items)
        waiting: dict[Future[_R], _T] = {}
        try:
            while True:
                for item in islice(items, 2 * self.number - len(waiting)):
                    waiting[self._executor.submit(function, item)] = item
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    item = waiting.pop(future)
                    try:
                        result = future.result()
                    except Exception as error:  # this place's trouble, or a worker's end
                        result = otherwise(item, error)
                    yield result
        finally:  # an interrupted run starts nothing more
            for future in waiting:
                future.cancel()


@contextlib.contextmanager
def local_workers(number: int) -> Iterator[Workers]:
    """Use threads: the work itself is done in the kernels' processes."""
    with ThreadPoolExecutor(number) as executor:
        try:
            # Ctrl-C is for the main thread: nbclient would take it, if it ran there.
            yield Workers(executor, number, lambda what: [executor.submit(what).result()])
        except BaseException:
            close_shared_engine()  # what is running ends at once
            raise


@contextlib.contextmanager
def cluster_workers(address: str) -> Iterator[Workers]:
    """Use the workers of a Dask cluster, by its scheduler's address.

    Raises:
        UserError: Dask is not installed, or there is no scheduler.
    """
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError:
        raise UserError("--scheduler needs Dask: pip install distributed.") from None
    try:
        get_address_host_port(address)
    except ValueError as error:  # of which a client would take long to say more
        raise UserError(
            f"{address} is no address of a Dask scheduler, as tcp://HOST:8786 is: {error}."
        ) from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except OSError as error:
        raise UserError(f"There is no Dask scheduler at {address}: {error}.") from error
    with client, client.get_executor(pure=False) as executor:
        threads: dict[str, int] = client.nthreads()
        if not threads:
            raise UserError(f"The Dask scheduler at {address} has no workers.")

        def everywhere(function: Callable[[], Any]) -> list[Any]:
            # As tasks: `client.run` would keep the worker from answering its scheduler meanwhile.
            asked = [client.submit(function, workers=[one], pure=False) for one in threads]
            return list(client.gather(asked))

        yield Workers(executor, sum(threads.values()), everywhere)
