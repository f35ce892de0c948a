package io.dgen.internal.store.memory;

import io.dgen.internal.overlay.StorageCursor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over a tree. The stack holds the nodes still to come, one side of which is out of bounds
 * or done.
 */
final class TreeCursor implements StorageCursor {

  private final @Nullable SortedTree root;
  private final byte[] begin;
  private final byte[] end;
  private final boolean reverse;
  private final Deque<SortedTree> path = new ArrayDeque<>();

  TreeCursor(@Nullable SortedTree root, byte[] begin, byte[] end, boolean reverse) {
    this.root = root;
    this.begin = begin;
    this.end = end;
    this.reverse = reverse;
    seek(reverse ? end : begin);
  }

  @Override
  public boolean isValid() {
    SortedTree top = path.peek();
    return top != null
        && (reverse
            ? Arrays.compareUnsigned(top.key, begin) >= 0
            : Arrays.compareUnsigned(top.key, end) < 0);
  }

  @Override
  public byte[] key() {
    return path.element().key;
  }

  @Override
  public byte[] value() {
    return path.element().value;
  }

  @Override
  public void next() {
    SortedTree node = path.pop();
    SortedTree child = reverse ? node.left : node.right;
    while (child != null) {
      path.push(child);
      child = reverse ? child.right : child.left;
    }
  }

  @Override
  public void skipTo(byte[] bound) {
    seek(bound);
  }

  @Override
  public void close() {
    path.clear();
  }

  private void seek(byte[] bound) {
    path.clear();
    SortedTree node = root;
    while (node != null) {
      boolean below = Arrays.compareUnsigned(node.key, bound) < 0;
      if (below == reverse) {
        path.push(node);
        node = reverse ? node.right : node.left;
      } else {
        node = reverse ? node.left : node.right;
      }
    }
  }
}
