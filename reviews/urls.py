"""The site's pages: the catalogue's (names `films:…`) and the community's (names `reviews:…`)."""
from django.urls import URLPattern, include, path

from films.urls import urlpatterns as films_pages
from reviews.views import comments, film, home, member, review, writing

catalogue: list[URLPattern] = [
    *films_pages,
    # Films
    path("films/<slug:slug>/", film.show, name="film"),
    path("films/<slug:slug>/reviews/", film.reviews, name="reviews"),
    path("films/<slug:slug>/mark/", film.mark, name="mark"),
    # People and collections
]

community: list[URLPattern] = [
    # Home and search
    path("", home.home, name="home"),
    # Reviews and comments
    path("films/<slug:slug>/review/", writing.write, name="write_review"),
    path("reviews/<int:review_id>/", review.show, name="review"),
    path("reviews/<int:review_id>/edit/", writing.edit, name="edit_review"),
    path("reviews/<int:review_id>/deletion/", review.delete, name="delete_review"),
    path("reviews/<int:review_id>/like/", review.like, name="like_review"),
    path("reviews/<int:review_id>/report/", review.report_review, name="report_review"),
    path("reviews/<int:review_id>/comments/", comments.add, name="add_comment"),
    path("comments/<int:comment_id>/edit/", comments.edit, name="edit_comment"),
    path("comments/<int:comment_id>/deletion/", comments.delete, name="delete_comment"),
    path("comments/<int:comment_id>/report/", comments.report_comment, name="report_comment"),
    # Articles
    # Members
    path("members/<str:username>/", member.show, name="member"),
    *(
        path(f"members/<str:username>/{kind}/", member.listing, {"kind": kind}, name=f"member_{kind}")
        for kind in member.LISTS
    ),
    path("members/<str:username>/follow/", member.follow_member, name="follow"),
    path("members/<str:username>/block/", member.block_member, name="block"),
    # For machines
]

urlpatterns = [
    path("", include((catalogue, "films"))),
    path("", include((community, "reviews"))),
]
