import django.db.models.deletion
import django.utils.timezone
import lianfang.book.registers
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=lianfang.book.registers.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='建册时间')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('county', models.CharField(max_length=60, verbose_name='县(市、区)')),
                ('county_code', models.CharField(max_length=12, verbose_name='行政区划代码')),
                ('started_on', models.DateField(verbose_name='启动日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
            ],
            options={
                'verbose_name': '应急响应',
                'ordering': ['-started_on'],
            },
        ),
        migrations.CreateModel(
            name='RuleProfile',
            fields=[
                ('id', models.UUIDField(default=lianfang.book.registers.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='建册时间')),
                ('code', models.CharField(max_length=60, unique=True, verbose_name='代码')),
                ('subject', models.CharField(max_length=30, verbose_name='适用事项')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('authority', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('parameters', models.JSONField(verbose_name='参数')),
            ],
            options={
                'verbose_name': '规则档案',
                'ordering': ['subject', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='ExportEntry',
            fields=[
                ('id', models.UUIDField(default=lianfang.book.registers.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='时间')),
                ('table', models.CharField(max_length=120, verbose_name='表')),
                ('purpose', models.CharField(max_length=200, verbose_name='用途')),
                ('row_count', models.PositiveIntegerField(verbose_name='行数')),
                ('masked', models.BooleanField(default=True, verbose_name='已脱敏')),
                ('expires_on', models.DateField(verbose_name='保存期限')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='来源地址')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导出人')),
            ],
            options={
                'verbose_name': '导出记录',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalResponse',
            fields=[
                ('id', models.UUIDField(db_index=True, default=lianfang.book.registers.new_id, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='建册时间')),
                ('name', models.CharField(db_index=True, max_length=80, verbose_name='名称')),
                ('county', models.CharField(max_length=60, verbose_name='县(市、区)')),
                ('county_code', models.CharField(max_length=12, verbose_name='行政区划代码')),
                ('started_on', models.DateField(verbose_name='启动日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('history_id', models.UUIDField(default=lianfang.book.registers.new_id, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 应急响应',
                'verbose_name_plural': 'historical 应急响应s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRuleProfile',
            fields=[
                ('id', models.UUIDField(db_index=True, default=lianfang.book.registers.new_id, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='建册时间')),
                ('code', models.CharField(db_index=True, max_length=60, verbose_name='代码')),
                ('subject', models.CharField(max_length=30, verbose_name='适用事项')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('authority', models.CharField(max_length=300, verbose_name='依据')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('parameters', models.JSONField(verbose_name='参数')),
                ('history_id', models.UUIDField(default=lianfang.book.registers.new_id, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical 规则档案',
                'verbose_name_plural': 'historical 规则档案s',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ReadEntry',
            fields=[
                ('id', models.UUIDField(default=lianfang.book.registers.new_id, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='时间')),
                ('person_id', models.UUIDField(db_index=True, verbose_name='人员')),
                ('person_name', models.CharField(max_length=80, verbose_name='人员')),
                ('what', models.CharField(max_length=120, verbose_name='查阅内容')),
                ('purpose', models.CharField(blank=True, max_length=200, verbose_name='用途')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='来源地址')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='查阅人')),
            ],
            options={
                'verbose_name': '查阅记录',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('sequence', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('act', models.UUIDField(db_index=True, verbose_name='操作编号')),
                ('action', models.CharField(db_index=True, max_length=60, verbose_name='操作')),
                ('officer_name', models.CharField(max_length=80, verbose_name='操作人')),
                ('origin', models.CharField(max_length=12, verbose_name='途径')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='来源地址')),
                ('subject_kind', models.CharField(max_length=60, verbose_name='对象类别')),
                ('subject_id', models.CharField(db_index=True, max_length=64, verbose_name='对象编号')),
                ('subject_name', models.CharField(max_length=200, verbose_name='对象')),
                ('values', models.JSONField(default=dict, verbose_name='新旧值')),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
            ],
            options={
                'verbose_name': '操作记录',
                'ordering': ['-sequence'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='book_audite_subject_51cdef_idx')],
            },
        ),
    ]
