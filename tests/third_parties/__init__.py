"""Public clients that know nothing of the model, against it; they are fetched, so `make test` leaves them out."""
