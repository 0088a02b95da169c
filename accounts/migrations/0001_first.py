"""People, and what is known of them."""

import accounts.models.invite
import accounts.names
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0003_requests"),
        ("accounts", "0004_suspending"),
        ("accounts", "0005_community"),
        ("accounts", "0007_recommendations"),
        ("accounts", "0008_member_names"),
        ("accounts", "0009_retired_names"),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='RequestCount',
                fields=[
                    ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                    ('span', models.BigIntegerField()),
                    ('requests', models.PositiveBigIntegerField(default=1)),
                ],
                options={
                    'verbose_name': 'request count',
                    'verbose_name_plural': 'request counts',
                },
            ),
            migrations.CreateModel(
                name='RetiredName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('retired_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'verbose_name': 'retired name',
                    'verbose_name_plural': 'retired names',
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(max_length=30, validators=[accounts.names.validate_username], verbose_name='username')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                    ('display_name', models.CharField(blank=True, max_length=50, verbose_name='display name')),
                    ('bio', models.TextField(blank=True, max_length=1000, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='about you')),
                    ('location', models.CharField(blank=True, max_length=80, verbose_name='location')),
                    ('pronouns', models.CharField(blank=True, max_length=30, verbose_name='pronouns')),
                    ('website', models.URLField(blank=True, verbose_name='website')),
                    ('avatar_key', models.CharField(blank=True, editable=False, max_length=80)),
                    ('is_staff', models.BooleanField(default=False, verbose_name='may open the admin')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                    ('is_private', models.BooleanField(db_default=False, default=False, help_text='You choose who follows you, and only they see your films, diary, reviews and lists.', verbose_name='private account')),
                    ('comment_policy', models.CharField(choices=[('anyone', 'Everyone who can read it'), ('followers', 'My followers'), ('nobody', 'Nobody')], db_default='anyone', default='anyone', max_length=10, verbose_name='who may comment under what you write')),
                    ('hides_scores', models.BooleanField(db_default=False, default=False, help_text='Nobody else’s stars, no average and no bars, here or in mails, until you have given yours.', verbose_name='hide scores until I have rated the film')),
                    ('wants_recommendations', models.BooleanField(db_default=True, default=True, help_text='From what you rate, like and put on your watchlist. Nobody else sees what is recommended to you.', verbose_name='recommend films to me')),
                    ('lends_taste', models.BooleanField(db_default=True, default=True, help_text='Only as a part of what many members have in common. Switched off, what was learnt from them is gone within the hour.', verbose_name='let my public ratings help to find films for others')),
                    ('follower_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('following_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('rating_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'member',
                    'verbose_name_plural': 'members',
                    'permissions': [('suspend_user', 'Can suspend members who are not of the staff, and reinstate them')],
                    'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('username'), 'text_pattern_ops'), include=('id', 'username', 'display_name', 'follower_count', 'is_active'), name='user_by_username_covering'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('display_name'), 'text_pattern_ops'), include=('id', 'username', 'display_name', 'follower_count', 'is_active'), name='user_by_display_name_covering'), models.Index(condition=models.Q(('is_active', True)), fields=['-follower_count', '-id'], include=('username', 'display_name'), name='user_by_followers_covering')],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='username_unique', violation_error_message='Somebody has this name already.'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='email_unique', violation_error_message='An account with this email is here already.')],
                },
            ),
            migrations.CreateModel(
                name='AccessToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='what it is for')),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('hint', models.CharField(editable=False, max_length=12)),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('write', 'Read and write')], max_length=10), default=list)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'access token',
                    'verbose_name_plural': 'access tokens',
                    'indexes': [models.Index(fields=['member', '-created_at'], name='token_member')],
                },
            ),
            migrations.CreateModel(
                name='Block',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('blocked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks_received', to=settings.AUTH_USER_MODEL)),
                    ('blocker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks_given', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('blocker', 'blocked'), name='block_once'), models.CheckConstraint(condition=models.Q(('blocker', models.F('blocked')), _negated=True), name='block_not_self', violation_error_message='You cannot block yourself.')],
                },
            ),
            migrations.CreateModel(
                name='Follow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('follower_set_aside', models.BooleanField(db_default=False, default=False, editable=False)),
                    ('followed_set_aside', models.BooleanField(db_default=False, default=False, editable=False)),
                    ('followed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows_received', to=settings.AUTH_USER_MODEL)),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows_given', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['followed', '-created_at'], name='follow_followers')],
                    'constraints': [models.UniqueConstraint(fields=('follower', 'followed'), name='follow_once'), models.CheckConstraint(condition=models.Q(('follower', models.F('followed')), _negated=True), name='follow_not_self', violation_error_message='You cannot follow yourself.')],
                },
            ),
            migrations.CreateModel(
                name='FollowRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('followed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests_received', to=settings.AUTH_USER_MODEL)),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests_given', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['followed', '-id'], name='follow_request_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('follower', 'followed'), name='follow_request_once'), models.CheckConstraint(condition=models.Q(('follower', models.F('followed')), _negated=True), name='follow_request_not_self', violation_error_message='You cannot follow yourself.')],
                },
            ),
            migrations.CreateModel(
                name='FormerUsername',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('username', models.CharField(max_length=30)),
                    ('until', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_usernames', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'former username',
                    'verbose_name_plural': 'former usernames',
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='former_username_unique')],
                },
            ),
            migrations.CreateModel(
                name='Invite',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(default=accounts.models.invite.new_code, max_length=24, unique=True, verbose_name='code')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                    ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invites_given', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('used_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invite_used', to=settings.AUTH_USER_MODEL, verbose_name='used by')),
                ],
                options={
                    'verbose_name': 'invitation',
                    'verbose_name_plural': 'invitations',
                },
            ),
            migrations.CreateModel(
                name='Mute',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('muted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes_received', to=settings.AUTH_USER_MODEL)),
                    ('muter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes_given', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('muter', 'muted'), name='mute_once'), models.CheckConstraint(condition=models.Q(('muter', models.F('muted')), _negated=True), name='mute_not_self', violation_error_message='You cannot mute yourself.')],
                },
            ),
            migrations.CreateModel(
                name='SentOnce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200)),
                    ('path', models.CharField(max_length=500)),
                    ('digest', models.CharField(max_length=64)),
                    ('status', models.PositiveSmallIntegerField(default=0)),
                    ('answer', models.TextField(blank=True, max_length=1000000)),
                    ('location', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['created_at'], name='sent_once_age')],
                    'constraints': [models.UniqueConstraint(fields=('member', 'key', 'path'), name='sent_once')],
                },
            ),
            migrations.CreateModel(
                name='UserKeys',
                fields=[
                    ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('keys', django.contrib.postgres.search.SearchVectorField()),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='user_keys')],
                },
            ),
        ]),
        # Written at every request: no log, and room on each page so that a new count replaces the old one in place.
        migrations.RunSQL("ALTER TABLE accounts_requestcount SET UNLOGGED, SET (fillfactor = 70)", migrations.RunSQL.noop),
    ]
