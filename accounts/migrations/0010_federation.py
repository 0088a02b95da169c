"""Members can be followed from other servers."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_copies'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Actor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_key', models.TextField(editable=False, max_length=1000)),
                    ('sealed', models.TextField(editable=False, max_length=4000)),
                    ('approves', models.BooleanField(db_default=False, default=False, verbose_name='lets followers in one by one')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='switched on')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('said_goodbye_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('is_due', models.BooleanField(db_default=False, default=False, editable=False)),
                    ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actors', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'member seen from elsewhere',
                    'verbose_name_plural': 'members seen from elsewhere',
                },
            ),
            migrations.CreateModel(
                name='Arrival',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('activity', models.CharField(max_length=500, verbose_name='address')),
                    ('kind', models.CharField(max_length=20, verbose_name='kind')),
                    ('actor', models.CharField(max_length=500, verbose_name='from')),
                    ('host', models.CharField(max_length=255, verbose_name='server')),
                    ('body', models.TextField(max_length=65536)),
                    ('key_id', models.CharField(max_length=500)),
                    ('signed', models.TextField(max_length=4000)),
                    ('signature', models.CharField(max_length=2000)),
                    ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('left', 'Left aside'), ('refused', 'Refused')], default='waiting', max_length=8, verbose_name='state')),
                    ('because', models.CharField(blank=True, db_default='', max_length=200, verbose_name='why')),
                    ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ],
                options={
                    'verbose_name': 'arrival from elsewhere',
                    'verbose_name_plural': 'arrivals from elsewhere',
                    'indexes': [models.Index(fields=['received_at', 'id'], name='arrival_oldest'), models.Index(condition=models.Q(('state', 'waiting')), fields=['host'], name='arrival_waiting')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done')), fields=('activity',), name='arrival_done_once')],
                },
            ),
            migrations.CreateModel(
                name='Copy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('review', 'Review'), ('viewing', 'Viewing')], max_length=8)),
                    ('number', models.BigIntegerField()),
                    ('is_due', models.BooleanField(db_default=True, default=True)),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                    ('digest', models.CharField(blank=True, db_default='', max_length=64)),
                    ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='accounts.actor')),
                ],
                options={
                    'verbose_name': 'copy elsewhere',
                    'verbose_name_plural': 'copies elsewhere',
                },
            ),
            migrations.CreateModel(
                name='Inbox',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=500, unique=True)),
                    ('host', models.CharField(max_length=255)),
                    ('failing_since', models.DateTimeField(blank=True, null=True, verbose_name='failing since')),
                    ('failures', models.PositiveIntegerField(db_default=0, default=0)),
                    ('rests_until', models.DateTimeField(blank=True, null=True)),
                    ('taken_until', models.DateTimeField(blank=True, null=True)),
                    ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='gone')),
                ],
                options={
                    'verbose_name': 'inbox elsewhere',
                    'verbose_name_plural': 'inboxes elsewhere',
                    'indexes': [models.Index(fields=['host'], name='inbox_host')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('address__startswith', 'https://')), name='inbox_by_https')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('body', models.TextField(max_length=200000)),
                    ('is_goodbye', models.BooleanField(db_default=False, default=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='accounts.actor')),
                    ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='accounts.copy')),
                ],
            ),
            migrations.CreateModel(
                name='Dispatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Delivered'), ('failed', 'Given up')], db_default='waiting', default='waiting', max_length=7)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                    ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('trouble', models.CharField(blank=True, choices=[('status', 'answered with an error'), ('redirect', 'answered with a redirect, which is not followed'), ('timeout', 'took too long'), ('name', 'its name leads nowhere'), ('address', 'its name leads into a network that is not public'), ('tls', 'its certificate could not be trusted'), ('unreachable', 'could not be reached')], db_default='', max_length=12)),
                    ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='accounts.inbox')),
                    ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='dispatches', to='accounts.message')),
                ],
            ),
            migrations.CreateModel(
                name='Reached',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reached', to='accounts.actor')),
                    ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.inbox')),
                ],
            ),
            migrations.CreateModel(
                name='Refusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uri', models.CharField(blank=True, db_default='', max_length=500)),
                    ('host', models.CharField(blank=True, db_default='', max_length=255)),
                    ('called', models.CharField(max_length=360)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'block of somebody elsewhere',
                    'verbose_name_plural': 'blocks of people elsewhere',
                },
            ),
            migrations.CreateModel(
                name='ServerBlock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('domain', models.CharField(help_text='Its name, such as example.org.', max_length=255, verbose_name='server')),
                    ('reason', models.CharField(max_length=300, verbose_name='why')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='blocked')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ],
                options={
                    'verbose_name': 'blocked server',
                    'verbose_name_plural': 'blocked servers',
                },
            ),
            migrations.CreateModel(
                name='Stranger',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uri', models.CharField(max_length=500, unique=True, verbose_name='address')),
                    ('host', models.CharField(max_length=255, verbose_name='server')),
                    ('username', models.CharField(max_length=100, verbose_name='username')),
                    ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                    ('key_id', models.CharField(max_length=500)),
                    ('public_key', models.TextField(max_length=4000)),
                    ('fetched_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='looked up')),
                    ('inbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.inbox')),
                    ('shared', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.inbox')),
                ],
                options={
                    'verbose_name': 'person elsewhere',
                    'verbose_name_plural': 'people elsewhere',
                },
            ),
            migrations.CreateModel(
                name='Reaction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('like', 'Like'), ('boost', 'Boost')], max_length=5)),
                    ('activity', models.CharField(max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('copy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='accounts.copy')),
                    ('stranger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='accounts.stranger')),
                ],
                options={
                    'verbose_name': 'reaction from elsewhere',
                    'verbose_name_plural': 'reactions from elsewhere',
                },
            ),
            migrations.CreateModel(
                name='Follower',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('activity', models.CharField(max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='accounts.actor')),
                    ('stranger', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='accounts.stranger')),
                ],
                options={
                    'verbose_name': 'follower elsewhere',
                    'verbose_name_plural': 'followers elsewhere',
                },
            ),
            migrations.AddIndex(
                model_name='actor',
                index=models.Index(condition=models.Q(('is_due', True), ('ended_at__isnull', False), _connector='OR'), fields=['id'], name='actor_to_see_to'),
            ),
            migrations.AddConstraint(
                model_name='actor',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('member',), name='actor_one_a_member'),
            ),
            migrations.AddConstraint(
                model_name='actor',
                constraint=models.CheckConstraint(condition=models.Q(('said_goodbye_at', None), ('ended_at__isnull', False), _connector='OR'), name='actor_ended'),
            ),
            migrations.AddIndex(
                model_name='copy',
                index=models.Index(condition=models.Q(('is_due', True)), fields=['actor', 'id'], name='copy_due'),
            ),
            migrations.AddConstraint(
                model_name='copy',
                constraint=models.UniqueConstraint(fields=('kind', 'number', 'actor'), name='copy_once'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=models.Index(fields=['created_at'], name='message_oldest'),
            ),
            migrations.AddIndex(
                model_name='dispatch',
                index=models.Index(condition=models.Q(('state', 'waiting')), fields=['inbox', 'due_at', 'id'], name='dispatch_due'),
            ),
            migrations.AddConstraint(
                model_name='dispatch',
                constraint=models.UniqueConstraint(fields=('message', 'inbox'), name='dispatch_once'),
            ),
            migrations.AddConstraint(
                model_name='reached',
                constraint=models.UniqueConstraint(fields=('actor', 'inbox'), name='reached_once'),
            ),
            migrations.AddConstraint(
                model_name='refusal',
                constraint=models.UniqueConstraint(fields=('member', 'uri', 'host'), name='refusal_once'),
            ),
            migrations.AddConstraint(
                model_name='refusal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('uri', ''), models.Q(('host', ''), _negated=True)), models.Q(models.Q(('uri', ''), _negated=True), ('host', '')), _connector='OR'), name='refusal_of'),
            ),
            migrations.AddConstraint(
                model_name='serverblock',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('domain'), name='server_block_once', violation_error_message='This server is blocked already.'),
            ),
            migrations.AddConstraint(
                model_name='serverblock',
                constraint=models.CheckConstraint(condition=models.Q(('domain', django.db.models.functions.text.Lower('domain'))), name='server_block_in_small_letters'),
            ),
            migrations.AddIndex(
                model_name='stranger',
                index=models.Index(fields=['host'], name='stranger_host'),
            ),
            migrations.AddConstraint(
                model_name='reaction',
                constraint=models.UniqueConstraint(fields=('copy', 'kind', 'stranger'), name='reaction_once'),
            ),
            migrations.AddIndex(
                model_name='follower',
                index=models.Index(fields=['actor', '-id'], name='follower_newest'),
            ),
            migrations.AddConstraint(
                model_name='follower',
                constraint=models.UniqueConstraint(fields=('actor', 'stranger'), name='follower_once'),
            ),
        ]),
    ]
