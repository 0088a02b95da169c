import time, pytest
from django.db import connection
from django.utils import timezone
from accounts.models import *
from films.models import Film
from reviews.models import *
from reviews.notices import *
from reviews.pages import page_of
pytestmark = pytest.mark.django_db
def test_zz():
    now = timezone.now()
    ms = User.objects.bulk_create(User(username=f"u{n}", email=f"u{n}@e.org") for n in range(2000))
    fs = Film.objects.bulk_create(Film(slug=f"f-{n}", title=f"F {n}", sort_title=f"f {n}", year=2000) for n in range(500))
    rs = Review.objects.bulk_create((Review(member=ms[n % 2000], film=fs[n % 500], body="x", body_html="x", excerpt="x", published_at=now) for n in range(60000)), batch_size=5000)
    me = ms[0]
    mine = [r for r in rs if r.member_id == me.pk]
    cs = Comment.objects.bulk_create((Comment(member=ms[n % 2000], review=rs[n] if n > 3000 else mine[n % len(mine)], body="hello", body_html="x") for n in range(60000)), batch_size=5000)
    Notification.objects.bulk_create((Notification(member=me, kind="comment", key=f"c{c.pk}", actor_id=c.member_id, comment=c, read_at=None if n % 10 == 0 else now) for n, c in enumerate(cs[:3000])), batch_size=5000)
    likes = ReviewLike.objects.bulk_create(ReviewLike(member=m, review=mine[0]) for m in ms[1:])
    Notification.objects.bulk_create(Notification(member=me, kind="review_liked", key=f"l{l.pk}", actor_id=l.member_id, review=mine[0]) for l in likes)
    Notification.objects.bulk_create((Notification(member=ms[1 + n % 1999], kind="comment", key=f"o{c.pk}", actor_id=c.member_id, comment=c) for n, c in enumerate(cs[3000:])), batch_size=5000)
    with connection.cursor() as c: c.execute("ANALYZE")
    for name, call in (("count", lambda: unread_count(me)), ("first", lambda: list(firsts_for(me).newest()[:31])), ("lines", lambda: lines_for(me, firsts_for(me).newest()[:31])),
                       ("comments", lambda: list(Comment.objects.visible_to(me).filter(pk=cs[5].pk)))):
        call(); t = time.perf_counter(); call(); print(name, round(1000 * (time.perf_counter() - t), 1), "ms")
    q = told_to(me).filter(read_at=None)[:100]
    print(q.explain(analyze=True)[:3500])
