"""Calls to AWS through boto3: sessions, the Image Builder gateway and the results of calls."""
