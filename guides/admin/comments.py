"""What the people who work on a guide say to each other about it.

The thread has a page of its own, so that nothing typed in the guide's form is sent with a comment
or lost by it.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from guides.models import Comment, Guide


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["text"]
        labels = {"text": "Comment"}
        widgets = {"text": AdminTextareaWidget(attrs={"rows": 4})}

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class DiscussedAdmin(admin.ModelAdmin):
    """A guide's comments: whoever may see the guide reads them, and changes only their own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/comments/", view(self.comments_view),
                 name="guides_guide_comments"),
            path("<int:object_id>/comments/<int:comment_id>/", view(self.comment_view),
                 name="guides_guide_comment"),
            path("<int:object_id>/comments/<int:comment_id>/resolve/",
                 view(require_POST(self.resolve_view)), name="guides_guide_comment_resolve"),
            *super().get_urls(),
        ]  # fmt: skip

    def thread(self, request: HttpRequest, guide: Guide) -> QuerySet[Comment] | None:
        """The comments that this person may read, the oldest first; None if they may not."""
        if not request.user.has_perm("guides.view_comment"):
            return None
        return guide.comments.select_related("created_by", "resolved_by")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if original := context.get("original"):
            context["comments"] = self.thread(request, original)
        return super().render_change_form(request, context, *args, **kwargs)

    def comments_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The thread; POST adds a comment."""
        guide = self._discussed(request, object_id)
        may_add = request.user.has_perm("guides.add_comment")
        form = CommentForm(request.POST or None, instance=Comment(guide=guide))
        if request.method == "POST":
            if not may_add:
                raise PermissionDenied
            if form.is_valid():
                form.instance.created_by = request.user
                return self._said(form.save(), request, "Your comment is here.")
        return self._page(request, guide, form if may_add else None, f"Comments on {guide}")

    def comment_view(self, request: HttpRequest, object_id: int, comment_id: int) -> HttpResponse:
        """One's own comment, to be changed."""
        guide = self._discussed(request, object_id)
        comment = get_object_or_404(guide.comments, pk=comment_id)
        if comment.created_by_id != request.user.pk:
            raise PermissionDenied("Only who wrote a comment can change it.")
        form = CommentForm(request.POST or None, instance=comment)
        if request.method == "POST" and form.is_valid():
            return self._said(form.save(), request, "Your comment is changed.")
        return self._page(request, guide, form, "Change your comment", changing=comment)

    def resolve_view(self, request: HttpRequest, object_id: int, comment_id: int) -> HttpResponse:
        """Mark a comment as dealt with, or with `open` as open again."""
        guide = self._discussed(request, object_id)
        comment = get_object_or_404(guide.comments, pk=comment_id)
        if not self._may_resolve(request, guide):
            raise PermissionDenied
        if "open" in request.POST:
            comment.reopen()
            return self._said(comment, request, "The comment is open again.")
        comment.resolve(request.user)
        return self._said(comment, request, "The comment is marked as resolved.")

    def _may_resolve(self, request: HttpRequest, guide: Guide) -> bool:
        return self.has_change_permission(request, guide) and request.user.has_perm(
            "guides.add_comment"
        )

    def _page(
        self, request: HttpRequest, guide: Guide, form: Any, title: str, changing: Any = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "object": guide,
            "comments": self.thread(request, guide),
            "form": form,
            "changing": changing,
            "may_resolve": self._may_resolve(request, guide),
        }
        return TemplateResponse(request, "admin/guides/comments.html", context)

    def _said(self, comment: Comment, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.success(request, sentence)
        thread = reverse("admin:guides_guide_comments", args=[comment.guide_id])
        return HttpResponseRedirect(f"{thread}#comment-{comment.pk}")

    def _discussed(self, request: HttpRequest, object_id: int) -> Guide:
        guide = self.get_object(request, str(object_id))
        if guide is None:
            raise Http404("It is not here any more.")
        if not self.has_view_or_change_permission(request, guide):
            raise PermissionDenied
        if not request.user.has_perm("guides.view_comment"):
            raise PermissionDenied
        return guide
