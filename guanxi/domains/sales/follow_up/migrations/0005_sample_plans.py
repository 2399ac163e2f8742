from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sales_follow_up", "0004_calendar_feed")]

    operations = [
        migrations.AddField(
            model_name="followupplan",
            name="is_sample",
            field=models.BooleanField(default=False),
        ),
    ]
