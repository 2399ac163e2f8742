from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sales_follow_up", "0006_event_guests"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventguest", name="proposed_start", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="eventguest", name="proposed_end", field=models.DateTimeField(null=True)
        ),
    ]
