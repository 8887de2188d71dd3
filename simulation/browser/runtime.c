/* What numba's compiled code asks of its runtime: memory, in numba's own 64-bit layout. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int64_t references; int64_t dtor, dtor_info, data, size, allocator; } Owned;
_Static_assert(sizeof(Owned) == 48, "numba reads `data` at byte 24");

void *NRT_Allocate(int64_t size) { return malloc((size_t)size); }
void NRT_Free(void *memory) { free(memory); }

Owned *NRT_MemInfo_alloc_aligned(int64_t size, int32_t align) {
  size_t head = (sizeof(Owned) + (size_t)align - 1) / (size_t)align * (size_t)align;
  if (size < 0 || size > 0x7fff0000) return 0;
  Owned *owned = aligned_alloc((size_t)align, (head + (size_t)size + (size_t)align - 1) / (size_t)align * (size_t)align);
  if (owned) *owned = (Owned){1, 0, 0, (int64_t)(uintptr_t)((char *)owned + head), size, 0};
  return owned;
}
Owned *NRT_MemInfo_alloc(int64_t size) { return NRT_MemInfo_alloc_aligned(size, 16); }

/* Lists of numbers: what they hold lies apart, and can grow. */
Owned *NRT_MemInfo_new_varsize_dtor(int64_t size, void *dtor) {
  Owned *owned = malloc(sizeof(Owned));
  void *data = malloc((size_t)size);
  if (!owned || !data) return 0;
  *owned = (Owned){1, 0, (int64_t)(uintptr_t)data, (int64_t)(uintptr_t)data, size, 0};
  return owned;
}
void *NRT_MemInfo_varsize_realloc(Owned *owned, int64_t size) {
  void *data = realloc((void *)(uintptr_t)owned->data, (size_t)size);
  if (data) owned->data = owned->dtor_info = (int64_t)(uintptr_t)data, owned->size = size;
  return data;
}
void NRT_MemInfo_call_dtor(Owned *owned) {
  free((void *)(uintptr_t)owned->dtor_info);
  free(owned);
}

/* Memory that numba reshapes: rows of numbers that lie one after the other. */
int32_t numba_attempt_nocopy_reshape(int64_t from, const int64_t *dims, const int64_t *strides, int64_t to,
                                     const int64_t *new_dims, int64_t *new_strides, int64_t item, int32_t by_columns) {
  int64_t step = item;
  for (int64_t axis = from - 1; axis >= 0; step *= dims[axis--])
    if (by_columns || (dims[axis] != 1 && strides[axis] != step)) __builtin_trap();
  step = item;
  for (int64_t axis = to - 1; axis >= 0; step *= new_dims[axis--]) new_strides[axis] = step;
  return 1;
}

/* Only what a fault would say is made with these: a page has no use for it. */
char PyExc_RuntimeError, PyExc_TypeError;
void PyErr_SetString(void *a, void *b) { __builtin_trap(); }
void *PyUnicode_FromKindAndData(int32_t a, void *b, int64_t c) { __builtin_trap(); }
int64_t PyObject_Hash(void *a) { __builtin_trap(); }
void *PyTuple_Pack(int64_t a, ...) { __builtin_trap(); }
