"""Work after commit: nothing is mailed or rendered for a change that is rolled back."""

from typing import Any

from django.db import transaction

try:  # Django 6 brings tasks of its own; before it they are a package with the same words.
    from django.tasks import Task, task
except ImportError:
    from django_tasks import task
    from django_tasks.base import Task

__all__ = ["Task", "after_commit", "task"]


def after_commit(task: Task, *args: Any) -> None:
    """Enqueue `task` once the present transaction has committed; at once where there is none.

    Arguments must be plain JSON: pass primary keys, never rows. A task must stand being run twice.
    """
    transaction.on_commit(lambda: task.enqueue(*args), robust=True)
