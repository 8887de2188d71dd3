"""Memory by its address, for the entrances of modules that a page calls: it has nothing else to hand over."""

from typing import Any

from numba import types
from numba.extending import intrinsic


@intrinsic
def _as_pointer(_typing: Any, _address: Any) -> Any:
    """An address as a pointer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

    return types.voidptr(types.int64), generate


pointer: Any = _as_pointer
