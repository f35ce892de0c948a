package io.dgen.internal.store.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map of byte strings: an AVL tree whose changes copy one path, so that every
 * root is a snapshot. Null is the empty tree.
 *
 * <p>Everything builds on one operation, {@code join}, which joins two trees and a pair between
 * them and keeps the result balanced (Blelloch, Ferizovic, Sun: "Just Join for Parallel Ordered
 * Sets", 2016).
 */
final class SortedTree {

  final byte[] key;
  final byte[] value;
  final @Nullable SortedTree left;
  final @Nullable SortedTree right;
  private final int height;

  private SortedTree(
      @Nullable SortedTree left, byte[] key, byte[] value, @Nullable SortedTree right) {
    this.left = left;
    this.key = key;
    this.value = value;
    this.right = right;
    this.height = Math.max(height(left), height(right)) + 1;
  }

  static byte @Nullable [] get(@Nullable SortedTree root, byte[] key) {
    SortedTree node = root;
    while (node != null) {
      int order = Arrays.compareUnsigned(key, node.key);
      if (order == 0) {
        return node.value;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  static SortedTree put(@Nullable SortedTree root, byte[] key, byte[] value) {
    if (root == null) {
      return new SortedTree(null, key, value, null);
    }
    int order = Arrays.compareUnsigned(key, root.key);
    if (order == 0) {
      return new SortedTree(root.left, key, value, root.right);
    }
    return order < 0
        ? join(put(root.left, key, value), root.key, root.value, root.right)
        : join(root.left, root.key, root.value, put(root.right, key, value));
  }

  static @Nullable SortedTree remove(@Nullable SortedTree root, byte[] key) {
    if (root == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(key, root.key);
    if (order == 0) {
      return concat(root.left, root.right);
    }
    if (order < 0) {
      SortedTree left = remove(root.left, key);
      return left == root.left ? root : join(left, root.key, root.value, root.right);
    }
    SortedTree right = remove(root.right, key);
    return right == root.right ? root : join(root.left, root.key, root.value, right);
  }

  static @Nullable SortedTree removeRange(@Nullable SortedTree root, byte[] begin, byte[] end) {
    return Arrays.compareUnsigned(begin, end) >= 0
        ? root
        : concat(below(root, begin), from(root, end));
  }

  /** Returns the part with keys less than a bound. */
  private static @Nullable SortedTree below(@Nullable SortedTree root, byte[] bound) {
    if (root == null) {
      return null;
    }
    return Arrays.compareUnsigned(root.key, bound) < 0
        ? join(root.left, root.key, root.value, below(root.right, bound))
        : below(root.left, bound);
  }

  /** Returns the part with keys not less than a bound. */
  private static @Nullable SortedTree from(@Nullable SortedTree root, byte[] bound) {
    if (root == null) {
      return null;
    }
    return Arrays.compareUnsigned(root.key, bound) < 0
        ? from(root.right, bound)
        : join(from(root.left, bound), root.key, root.value, root.right);
  }

  private static @Nullable SortedTree concat(
      @Nullable SortedTree left, @Nullable SortedTree right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    SortedTree first = right;
    while (first.left != null) {
      first = first.left;
    }
    return join(left, first.key, first.value, withoutFirst(right));
  }

  private static @Nullable SortedTree withoutFirst(SortedTree root) {
    return root.left == null
        ? root.right
        : join(withoutFirst(root.left), root.key, root.value, root.right);
  }

  private static SortedTree join(
      @Nullable SortedTree left, byte[] key, byte[] value, @Nullable SortedTree right) {
    int difference = height(left) - height(right);
    if (difference > 1 && left != null) {
      return balance(left.left, left.key, left.value, join(left.right, key, value, right));
    }
    if (difference < -1 && right != null) {
      return balance(join(left, key, value, right.left), right.key, right.value, right.right);
    }
    return new SortedTree(left, key, value, right);
  }

  /** Joins two trees whose heights differ by at most two. */
  private static SortedTree balance(
      @Nullable SortedTree left, byte[] key, byte[] value, @Nullable SortedTree right) {
    int difference = height(left) - height(right);
    if (difference > 1 && left != null) {
      SortedTree inner = left.right;
      if (inner != null && height(inner) > height(left.left)) {
        return new SortedTree(
            new SortedTree(left.left, left.key, left.value, inner.left),
            inner.key,
            inner.value,
            new SortedTree(inner.right, key, value, right));
      }
      return new SortedTree(
          left.left, left.key, left.value, new SortedTree(inner, key, value, right));
    }
    if (difference < -1 && right != null) {
      SortedTree inner = right.left;
      if (inner != null && height(inner) > height(right.right)) {
        return new SortedTree(
            new SortedTree(left, key, value, inner.left),
            inner.key,
            inner.value,
            new SortedTree(inner.right, right.key, right.value, right.right));
      }
      return new SortedTree(
          new SortedTree(left, key, value, inner), right.key, right.value, right.right);
    }
    return new SortedTree(left, key, value, right);
  }

  static int height(@Nullable SortedTree tree) {
    return tree == null ? 0 : tree.height;
  }
}
