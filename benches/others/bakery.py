"""model_bakery: rows with a new parent each, made one by one and in its bulk mode, which the parents have no part in."""

from blog_in_django import Comment, rolled_back
from model_bakery import baker, seq
from timing import ROWS, report


def comments(**how):
    return baker.make(
        Comment,
        _quantity=ROWS,
        post__author__username=seq("author"),
        post__author__email=seq("author", suffix="@example.com"),
        post__title=seq("post "),
        author__username=seq("user"),
        author__email=seq("user", suffix="@example.com"),
        body=seq("comment "),
        **how,
    )


report("rows", "model_bakery", comments, rolled_back)
report("rows", "model_bakery, its bulk mode", lambda: comments(_bulk_create=True), rolled_back)
