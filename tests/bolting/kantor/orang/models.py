from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class OrangManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        orang = self.model(email=self.normalize_email(email), **fields)
        orang.set_password(password)
        orang.save()
        return orang

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Orang(AbstractUser):
    """Signs in by e-mail; has no user name, and a number of its own."""

    username = None
    email = models.EmailField(unique=True)
    nomor = models.CharField(max_length=30, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = OrangManager()
