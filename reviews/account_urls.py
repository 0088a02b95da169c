"""Pages of what is one's own. `reviews.urls` puts them among those of the community."""

from django.urls import URLPattern, path

from reviews.views import (
    afar,
    apart,
    calendar,
    copies,
    data,
    devices,
    drafts,
    elsewhere,
    favourites,
    following,
    goals,
    guidance,
    importing,
    listening,
    notifications,
    players,
    private_notes,
    reporting,
    searches,
)

own: list[URLPattern] = [
    # What a member is told
    path("accounts/notifications/", notifications.notifications, name="notifications"),
    path("accounts/notifications/<int:notification_id>/", notifications.open_one, name="notification"),
    path("accounts/notifications/read/", notifications.read_all, name="read_notifications"),
    path("accounts/notifications/count/", notifications.count, name="notification_count"),
    path("accounts/notifications/choices/", notifications.choices, name="notice_choices"),
    path("accounts/notifications/devices/", devices.add, name="add_device"),
    path("accounts/notifications/devices/<int:device_id>/removal/", devices.remove, name="remove_device"),
    path("accounts/notifications/unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("accounts/calendar/", calendar.choices, name="calendar_choices"),
    path("accounts/calendar/address/", calendar.address, name="calendar_address"),
    # What one has begun to write
    path("accounts/drafts/", drafts.drafts, name="drafts"),
    # What one keeps for oneself
    path("accounts/notes/", private_notes.notes, name="notes"),
    # What one shows first
    path("accounts/goals/<int:year>/", goals.goal, name="goal"),
    path("accounts/searches/", searches.searches, name="searches"),
    path("accounts/searches/<int:search_id>/deletion/", searches.delete, name="delete_search"),
    path("accounts/favourites/", favourites.favourites, name="favourites"),
    # What one brings from elsewhere
    path("accounts/data/import/", importing.imports, name="imports"),
    path("accounts/data/import/<int:import_id>/", importing.show, name="import"),
    path("accounts/data/import/<int:import_id>/acts/", importing.act, name="import_act"),
    path("accounts/data/import/<int:import_id>/rows/<int:row_id>/", importing.row, name="import_row"),
    # Players at home, and where they say what was watched
    path("accounts/players/", players.players, name="players"),
    path("accounts/players/new/", players.new, name="new_player"),
    path("accounts/players/<int:player_id>/", players.player, name="player"),
    path("accounts/players/<int:player_id>/address/", players.renew, name="renew_player"),
    path("accounts/players/<int:player_id>/removal/", players.remove, name="remove_player"),
    path("accounts/players/<int:player_id>/playings/<int:playing_id>/", players.playing, name="playing"),
    path("players/<str:secret>/", listening.play, name="play"),
    # Who follows one from elsewhere, whom one follows there, and what these say
    path("accounts/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("accounts/elsewhere/followers/<int:follower_id>/", elsewhere.act, name="distant_follower"),
    path("accounts/elsewhere/blocks/<int:refusal_id>/", elsewhere.lift, name="lift_refusal"),
    path("accounts/elsewhere/following/", afar.following, name="following_elsewhere"),
    path("accounts/elsewhere/following/<int:follow_id>/", afar.unfollow, name="unfollow_elsewhere"),
    path("accounts/elsewhere/words/", afar.words, name="words_elsewhere"),
    # Who sees one, and who follows
    path("accounts/privacy/", following.privacy, name="privacy"),
    path("accounts/warnings/", guidance.cautions, name="cautions"),
    path("accounts/muted/", apart.muted, name="muted"),
    path("accounts/requests/", following.requests, name="requests"),
    path("accounts/requests/answer/", following.answer, name="answer_request"),
    path("members/<str:username>/report/", reporting.report_member, name="report_member"),
    # What one takes along
    path("accounts/data/", data.data, name="data"),
    path("accounts/data/export/", data.export, name="export"),
    path("accounts/data/export/<str:secret>/", data.export_file, name="export_file"),
    path("accounts/data/copies/", copies.copies, name="copies"),
    path("accounts/data/copies/state/", copies.switch, name="switch_copies"),
    path("accounts/data/copies/sending/", copies.send, name="send_copy"),
    path("accounts/data/copies/removal/", copies.forget, name="forget_copies"),
    path("accounts/data/deletion/", data.delete_account, name="delete_account"),
]
